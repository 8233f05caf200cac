/** The start itself failed (preferences or connections could not be read): say so in plain words, offer another try. */
export const showFatal = (body: HTMLElement, error: unknown, t: (key: string) => string): void => {
  document.documentElement.classList.add(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')
  const box = document.createElement('main')
  box.className = 'fatal'
  const add = (tag: string, text: string): HTMLElement => {
    const element = document.createElement(tag)
    element.textContent = text
    box.append(element)
    return element
  }
  add('h1', t('app.fatal.title'))
  add('p', t('app.fatal.safe'))
  add('p', t('app.fatal.todo'))
  add('pre', error instanceof Error ? error.message : String(error))
  add('button', t('app.fatal.again')).addEventListener('click', () => location.reload())
  body.replaceChildren(box)
}
