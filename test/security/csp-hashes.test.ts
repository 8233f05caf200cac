import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const script = join(repository, 'scripts', 'csp-hashes.mjs')
const computed = () => {
  const code = `import(${JSON.stringify(script)}).then(async (one) => process.stdout.write(JSON.stringify(await one.computeStyleHashes())))`
  return JSON.parse(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8', cwd: repository })) as string[]
}

describe('the hashes of inline styles', () => {
  it("are those of the interface library's own code with our colours, and those in the build", () => {
    const hashes = computed()
    expect(hashes.length).toBeGreaterThanOrEqual(2)
    expect(new Set(hashes).size).toBe(hashes.length)
    for (const hash of hashes) expect(hash).toMatch(/^sha256-[A-Za-z0-9+/]{43}=$/)
    const built = join(repository, 'out', 'csp-hashes.json')
    if (existsSync(built)) expect(JSON.parse(readFileSync(built, 'utf8'))).toEqual({ styles: hashes })
  })
})
