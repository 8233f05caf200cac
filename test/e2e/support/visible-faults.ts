import type { Page } from 'playwright-core'

/** What a person would see as a fault at first sight, found by the page itself. */
export const visibleFaults = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = []
    const seen = (element: Element): element is HTMLElement =>
      element instanceof HTMLElement && element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })
    const say = (element: Element): string =>
      `<${element.tagName.toLowerCase()}> «${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 60)}»`
    const namespaces =
      'alerts|app|client|clients|common|connect|contracts|dashboard|errors|menu|notes|outbox|palette|plans|settings|shortcuts|states|sync|ui|units'
    const key = new RegExp(String.raw`(?<![\w@./-])(?:${namespaces})\.[a-z][\w-]*(?:\.[\w-]+)*`)
    const broken = /(?<![\p{L}\p{N}])(?:undefined|NaN|null|Infinity|\[object \w+\])(?![\p{L}\p{N}])|\{\w+\}|Invalid Date/u
    const texts = [document.body.innerText, document.title]
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]'))
      if (seen(element)) texts.push(...['aria-label', 'title', 'placeholder'].map((name) => element.getAttribute(name) ?? ''))
    for (const text of texts) {
      const [wrong] = key.exec(text) ?? broken.exec(text) ?? []
      if (wrong !== undefined)
        found.push(`the text «${wrong}» in «${text.slice(Math.max(0, text.indexOf(wrong) - 30), text.indexOf(wrong) + 30)}»`)
    }
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      element !== document.body &&
      (/(auto|scroll)/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    for (const element of document.querySelectorAll(
      'button, a, h1, h2, h3, th, label, legend, dt, [role=tab], [role=columnheader], [role=radio], [role=menuitem]',
    )) {
      if (!seen(element) || element.clientWidth === 0 || element.closest('.sr-only, [aria-hidden=true]')) continue
      const style = getComputedStyle(element)
      const cut = element.scrollWidth > element.clientWidth + 1 && style.overflowX !== 'visible'
      if (cut && style.textOverflow !== 'ellipsis' && element.closest('[title]') === null) found.push(`cut off: ${say(element)}`)
      const box = element.getBoundingClientRect()
      if ((box.right > innerWidth + 1 || box.left < -1) && box.width > 0 && !scrolls(element.parentElement))
        found.push(`out of the window: ${say(element)}`)
    }
    const controls = [...document.querySelectorAll('header button, header a, nav a, [role=toolbar] button')]
      .filter(seen)
      .filter((element) => element.closest('.sr-only') === null)
    for (const [at, one] of controls.entries())
      for (const other of controls.slice(at + 1)) {
        if (one.contains(other) || other.contains(one)) continue
        const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
        const over = Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2
        const nested = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2)
        if (over && nested !== null && !other.contains(nested) && !one.closest('.parent'))
          found.push(`one upon the other: ${say(one)} and ${say(other)}`)
      }
    return [...new Set(found)]
  })
