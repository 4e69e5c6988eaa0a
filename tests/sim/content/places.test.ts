import { describe, expect, test } from 'vitest'
import { drawHome, generateLocation, greatCircleKm, PLACE_PACKS, placePack, ZONES } from '../../../sim/content/index.ts'
import { makeRng } from '../../../sim/kernel/index.ts'

describe.each(PLACE_PACKS)('the %s pack', (name) => {
  const pack = placePack(name)

  test('ids are positions and every city is there once', () => {
    expect(pack.cities.map((city) => city.id)).toEqual(pack.cities.map((_, position) => position))
    const names = pack.cities.map((city) => `${city.name}, ${city.region}, ${city.country}`)
    expect(new Set(names).size).toBe(names.length)
  })

  test('coordinates, populations and indexes are in bounds', () => {
    for (const city of pack.cities) {
      expect(Math.abs(city.latitude)).toBeLessThan(75)
      expect(Math.abs(city.longitude)).toBeLessThanOrEqual(180)
      expect(city.population).toBeGreaterThan(50_000)
      expect(city.population).toBeLessThan(30_000_000)
      expect(ZONES[city.zone]).toBeDefined()
      expect(pack.metros[city.metro]).toBeDefined()
      expect(pack.divisions[city.division]).toBeDefined()
      expect(pack.areas[city.area]).toBeDefined()
    }
  })

  test('no metro, division or area is empty or named twice', () => {
    const used = { metros: new Set<number>(), divisions: new Set<number>(), areas: new Set<number>() }
    for (const city of pack.cities) {
      used.metros.add(city.metro)
      used.divisions.add(city.division)
      used.areas.add(city.area)
    }
    for (const level of ['metros', 'divisions', 'areas'] as const) {
      expect(used[level].size).toBe(pack[level].length)
      expect(new Set(pack[level]).size).toBe(pack[level].length)
    }
  })

  test('a metro lies inside one division and within 60 km, a division inside one area', () => {
    for (const a of pack.cities) {
      for (const b of pack.cities) {
        if (a.division === b.division) expect(a.area).toBe(b.area)
        if (a.metro !== b.metro) continue
        expect(a.division).toBe(b.division)
        expect(pack.distanceKm(a.id, b.id)).toBeLessThan(60)
      }
    }
  })

  test('a city lies by its zone: standard time is within 3 hours of the sun', () => {
    for (const city of pack.cities) {
      const solarHours = city.longitude / 15
      expect(Math.abs(ZONES[city.zone]!.standardMs / 3_600_000 - solarHours)).toBeLessThan(3)
    }
  })

  test('cities are drawn by population', () => {
    const draws = 200_000
    const stream = makeRng('places')
    const counts = new Float64Array(pack.cities.length)
    for (let i = 0; i < draws; i++) counts[pack.draw(stream)]!++
    const total = pack.cities.reduce((sum, city) => sum + city.population, 0)
    let chiSquare = 0
    for (const city of pack.cities) {
      const expected = (draws * city.population) / total
      chiSquare += (counts[city.id]! - expected) ** 2 / expected
    }
    const freedom = pack.cities.length - 1
    expect(chiSquare).toBeLessThan(freedom + 5 * Math.sqrt(2 * freedom))
  })
})

describe('the United States', () => {
  const pack = placePack('us')

  test('60–90 cities in nine divisions of four regions', () => {
    expect(pack.cities.length).toBeGreaterThanOrEqual(60)
    expect(pack.cities.length).toBeLessThanOrEqual(90)
    expect(pack.divisions.length).toBe(9)
    expect(pack.areas).toEqual(['Northeast', 'Midwest', 'South', 'West'])
  })

  test('come first in the world pack, unchanged but for their country', () => {
    const world = placePack('world')
    expect(world.cities.slice(0, pack.cities.length)).toEqual(pack.cities)
    expect(world.cities.length - pack.cities.length).toBeGreaterThanOrEqual(40)
    expect(world.cities.slice(pack.cities.length).every((city) => city.country !== 'US')).toBe(true)
  })
})

describe('distances', () => {
  const pack = placePack('world')
  const city = (name: string, region: string) => pack.cities.find((c) => c.name === name && c.region === region)!.id

  test.each([
    ['New York', 'NY', 'Los Angeles', 'CA', 3936],
    ['London', 'ENG', 'Paris', 'IDF', 344],
    ['Sydney', 'NSW', 'Auckland', 'AUK', 2156],
    ['Honolulu', 'HI', 'Tokyo', '13', 6214],
  ])('%s %s – %s %s is %d km', (a, aRegion, b, bRegion, km) => {
    expect(Math.abs(pack.distanceKm(city(a, aRegion), city(b, bRegion)) - km)).toBeLessThan(km * 0.005)
  })

  test('are symmetric, zero at home and positive elsewhere', () => {
    for (const a of pack.cities) {
      expect(pack.distanceKm(a.id, a.id)).toBe(0)
      for (const b of pack.cities) {
        expect(pack.distanceKm(a.id, b.id)).toBe(pack.distanceKm(b.id, a.id))
        if (a !== b) expect(pack.distanceKm(a.id, b.id)).toBeGreaterThan(1)
      }
    }
  })

  test('halfway round the Earth', () => {
    const km = greatCircleKm({ latitude: 0, longitude: 0 }, { latitude: 0, longitude: 180 })
    expect(km).toBeCloseTo(6371.0088 * Math.PI, 6)
  })
})

describe('homes', () => {
  test('scatter a few km around the centre, never beyond 17 km', () => {
    const stream = makeRng('homes')
    for (const city of placePack('world').cities) {
      let squares = 0
      for (let i = 0; i < 200; i++) {
        const km = greatCircleKm(city, drawHome(stream, city))
        expect(km).toBeLessThan(17)
        squares += km * km
      }
      // Two axes of 4 km each: a root mean square of 5.66 km.
      expect(Math.sqrt(squares / 200)).toBeGreaterThan(4.5)
      expect(Math.sqrt(squares / 200)).toBeLessThan(6.8)
    }
  })

  test('generateLocation names the city that its coordinates lie in, alike for the same seed', () => {
    const cities = placePack('us').cities
    for (let i = 0; i < 200; i++) {
      const location = generateLocation(makeRng(`location ${i}`))
      expect(generateLocation(makeRng(`location ${i}`))).toEqual(location)
      const city = cities.find((c) => c.name === location.city && c.region === location.state)!
      expect(greatCircleKm(city, location)).toBeLessThan(17)
    }
    const abroad = Array.from({ length: 50 }, (_, i) => generateLocation(makeRng(`abroad ${i}`), placePack('world')))
    expect(abroad.some(({ city }) => !cities.some((c) => c.name === city))).toBe(true)
  })
})
