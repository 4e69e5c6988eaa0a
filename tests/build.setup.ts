import { execFileSync } from 'node:child_process'

/** Worker threads and the command line run compiled code, so the suite compiles once before it starts. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build:code'], { stdio: 'inherit' })
}
