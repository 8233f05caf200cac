/** Apart from the other texts: the first window needs this one and nothing else. */
export const windowTitle = (language: 'ru' | 'en'): string => (language === 'ru' ? 'Пульт партнёра' : 'Partner Console')
