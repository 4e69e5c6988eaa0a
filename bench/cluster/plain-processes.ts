import { spawn } from 'node:child_process'

const SECONDS = 2
/** Counts rounds of integer arithmetic in its registers: no memory, no file, no collector. */
const WORK = `let [rounds, x] = [0, 1]
const until = performance.now() + ${SECONDS * 1000}
for (; performance.now() < until; rounds++) for (let i = 0; i < 1e6; i++) x = (Math.imul(x ^ (x >>> 15), 0x2c1b3c6d) + i) | 0
console.log(rounds, x)`

/** How much two processes that only calculate do beside each other, to one alone: what two cores of this machine are worth now. */
export async function twoToOne(): Promise<number> {
  const [alone] = await roundsOf(1)
  const [first, second] = await roundsOf(2)
  return (first! + second!) / alone!
}

function roundsOf(processes: number): Promise<number[]> {
  return Promise.all(
    Array.from({ length: processes }, () => {
      const child = spawn(process.execPath, ['-e', WORK], { stdio: ['ignore', 'pipe', 'inherit'] })
      let text = ''
      child.stdout.on('data', (part) => {
        text += part
      })
      return new Promise<number>((resolve, reject) => {
        child.on('close', (code) => {
          if (code === 0) resolve(Number.parseInt(text, 10))
          else reject(new Error(`a process that calculates ended with code ${code}`))
        })
      })
    }),
  )
}
