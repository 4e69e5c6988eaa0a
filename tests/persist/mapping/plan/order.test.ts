import { describe, expect, it } from 'vitest'
import { type Edge, orderModels } from '../../../../persist/mapping/plan/order.ts'

const edge = (child: string, parent: string, nullable = false): Edge => ({
  child,
  parent,
  field: `${parent.toLowerCase()}Id`,
  nullable,
})

describe('the order of models', () => {
  it('puts parents first', () => {
    const { models, deferred } = orderModels(
      ['Message', 'Chat', 'User'],
      [edge('Message', 'Chat'), edge('Message', 'User')],
    )
    expect(models.indexOf('Message')).toBe(2)
    expect(deferred.size).toBe(0)
  })

  it('breaks a cycle where a foreign key may be empty', () => {
    const order = orderModels(
      ['User', 'Photo', 'Album'],
      [edge('Photo', 'Album'), edge('Album', 'User'), edge('User', 'Photo', true)],
    )
    expect(order.models).toEqual(['User', 'Album', 'Photo'])
    expect([...order.deferred]).toEqual(['User.photoId'])
    expect(order.stuck).toEqual([])
  })

  it('leaves other nullable foreign keys as they are', () => {
    const order = orderModels(['A', 'B', 'C'], [edge('B', 'A', true), edge('C', 'B'), edge('A', 'C', true)])
    expect(order.deferred.size).toBe(1)
    expect(order.stuck).toEqual([])
  })

  it('names the models of a cycle that nothing breaks', () => {
    expect(orderModels(['A', 'B', 'C'], [edge('B', 'A'), edge('A', 'B'), edge('C', 'B')]).stuck).toEqual([
      'A',
      'B',
      'C',
    ])
  })
})
