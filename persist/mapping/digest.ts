export { RowSum, wordsOfHex } from '../rows/row-sum.ts'
