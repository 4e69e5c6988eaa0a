import { PARAMETERS, type Parameter } from '../../../sim/index.ts'

const HEAD = '| parameter | what it is | unit, range | default | source | moves |\n|---|---|---|---|---|---|'

/** A page with the tables between its marks, `<!-- parameters: policy -->` to `<!-- end -->`, made anew from the tree. */
export function withParameters(page: string): string {
  return page.replaceAll(/(<!-- parameters: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g, (_, start, part, end) => {
    const own = PARAMETERS.filter((parameter) => parameter.part === part)
    if (own.length === 0) throw new Error(`there is no part '${part}' of the parameter tree`)
    return `${start}${sections(own)}\n${end}`
  })
}

/** A table for each branch right below the part; what hangs on none stands under the part's own name. */
function sections(parameters: readonly Parameter[]): string {
  const branchOf = ({ path }: Parameter) =>
    path
      .split('.')
      .slice(0, Math.min(2, path.split('.').length - 1))
      .join('.')
  const branches = [...new Set(parameters.map(branchOf))]
  return branches
    .map((branch) => {
      const rows = parameters.filter((parameter) => branchOf(parameter) === branch).map(row)
      return `#### ${branch}\n\n${HEAD}\n${rows.join('\n')}\n`
    })
    .join('\n')
}

function row(parameter: Parameter): string {
  const moves = [...parameter.moves, ...(parameter.also ? [parameter.also] : [])].join(', ')
  const cells = [
    `\`${parameter.path}\``,
    parameter.what,
    unit(parameter),
    number(parameter.default),
    parameter.source,
    moves,
  ]
  return `| ${cells.join(' | ')} |`
}

function unit({ unit: name, least, most }: Parameter): string {
  if (name === 'share') return name
  const ends = `${number(least, true)}${least < 0 ? '…' : '–'}${number(most, true)}`
  return name === '' ? ends : `${name} ${ends}`
}

/** With the minus sign of print; ends of ranges with their thousands apart. */
function number(value: number, thousands = false): string {
  const [whole, fraction] = String(Math.abs(value)).split('.')
  const grouped = thousands ? whole!.replaceAll(/\B(?=(\d{3})+$)/g, ',') : whole!
  const exact = /e/.test(String(value)) ? value.toFixed(5) : fraction === undefined ? grouped : `${grouped}.${fraction}`
  return value < 0 ? `−${exact}` : exact
}
