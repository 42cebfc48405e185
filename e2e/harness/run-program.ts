import { spawn } from 'node:child_process'

/** Runs a program to its end and tells what it wrote. */
export function runProgram(
  program: string,
  args: string[],
  environment = process.env,
): Promise<{ code: number | null; output: string; errors: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    errors += String(chunk)
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output, errors }))
  })
}
