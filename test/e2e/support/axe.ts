import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { CDPSession, Page } from 'playwright-core'

interface Finding {
  id: string
  impact: string | null
  help: string
  nodes: { target: unknown[]; failureSummary?: string }[]
}

/** axe inside the page as it stands: brought in by the debugger, so that the page's own policy stays in force. */
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * A dialog that is still fading in has pale letters. Asked for less motion, the window has none (its own rule): nothing is
 * begun late, nothing needs to be waited for but the frame that shows it.
 */
const holdStill = async (page: Page, cdp: CDPSession): Promise<void> => {
  await cdp.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-reduced-motion', value: 'reduce' }] })
  await nextFrame(page)
}
/** With its motion back, what had faded in does so once more: whoever looks next looks when it has. */
const letGo = async (page: Page, cdp: CDPSession): Promise<void> => {
  await cdp.send('Emulation.setEmulatedMedia', { features: [] })
  await nextFrame(page)
  await page.waitForFunction(() =>
    document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity),
  )
  await cdp.detach()
}
const nextFrame = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))))

export const axeFindings = async (page: Page): Promise<string[]> => {
  const cdp = await page.context().newCDPSession(page)
  try {
    await holdStill(page, cdp)
    await cdp.send('Runtime.evaluate', { expression: source })
    const run = `axe.run(document, { resultTypes: ['violations'] }).then((result) => JSON.stringify(result.violations))`
    const { result, exceptionDetails } = await cdp.send('Runtime.evaluate', { expression: run, awaitPromise: true, returnByValue: true })
    if (exceptionDetails !== undefined) throw new Error(`axe: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`)
    const findings = JSON.parse(String(result.value)) as Finding[]
    return findings.flatMap(({ id, impact, help, nodes }) =>
      nodes.map((node) => `${id} (${impact ?? '?'}): ${help} at ${node.target.join(' ')}`),
    )
  } finally {
    await letGo(page, cdp)
  }
}
