// Reads a suite's result and prints "PASSED FAILED"; appends each failed test, its file and the head of its message to a file.
import { appendFileSync, readFileSync } from 'node:fs'

const [, , resultFile, failedFile] = process.argv
const { testResults, numPassedTests, numFailedTests } = JSON.parse(readFileSync(resultFile, 'utf8'))
const lines = []
let broken = 0
for (const { name, status, message, assertionResults } of testResults) {
  const failed = assertionResults.filter((test) => test.status === 'failed')
  for (const { fullName, failureMessages } of failed)
    lines.push(`${name}: ${fullName}\n  ${failureMessages.join('\n').slice(0, 1500)}`)
  if (status !== 'failed' || failed.length > 0) continue
  broken++
  lines.push(`${name}: ${message.slice(0, 1500)}`)
}
if (lines.length > 0) appendFileSync(failedFile, `${lines.join('\n')}\n`)
console.log(numPassedTests, numFailedTests + broken)
