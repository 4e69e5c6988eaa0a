/** A column's type as a Prisma schema would say it, where it bounds what can be kept; null where it does not. */
export type NativeType = readonly string[] | null

const MYSQL_INTEGERS: Readonly<Record<string, string>> = {
  tinyint: 'TinyInt',
  smallint: 'SmallInt',
  mediumint: 'MediumInt',
}

/** @param whole the type with everything, such as `smallint(5) unsigned` */
export function mysqlType(
  type: string,
  whole: string,
  sizes: { readonly length: unknown; readonly precision: unknown; readonly scale: unknown; readonly digits: unknown },
): NativeType {
  const integer = MYSQL_INTEGERS[type]
  if (integer) return [/unsigned/i.test(whole) ? `Unsigned${integer}` : integer]
  switch (type) {
    case 'varchar':
      return ['VarChar', String(sizes.length)]
    case 'char':
      return ['Char', String(sizes.length)]
    case 'tinytext':
      return ['VarChar', '255']
    case 'decimal':
      return ['Decimal', String(sizes.precision), String(sizes.scale)]
    case 'float':
      return ['Float']
    case 'date':
      return ['Date']
    case 'datetime':
      return ['DateTime', String(sizes.digits ?? 0)]
    case 'timestamp':
      return ['Timestamp', String(sizes.digits ?? 0)]
    default:
      return null
  }
}

/** @param modifier `atttypmod`: −1 where the type has none, and no bound */
export function postgresqlType(type: string, modifier: number): NativeType {
  switch (type) {
    case 'varchar':
      return modifier > 4 ? ['VarChar', String(modifier - 4)] : null
    case 'bpchar':
      return modifier > 4 ? ['Char', String(modifier - 4)] : null
    case 'int2':
      return ['SmallInt']
    case 'numeric':
      return modifier > 4 ? ['Decimal', String((modifier - 4) >> 16), String(scaleOf(modifier - 4))] : null
    case 'float4':
      return ['Real']
    case 'date':
      return ['Date']
    case 'timestamp':
    case 'timestamptz':
      return ['Timestamp', String(modifier >= 0 ? modifier : 6)]
    default:
      return null
  }
}

/** The lowest 11 bits, with their sign: a scale may be negative. */
function scaleOf(sizes: number): number {
  return ((sizes & 0x7ff) ^ 0x400) - 0x400
}
