import { computed, onBeforeUnmount, onMounted, ref, type ComputedRef, type Ref } from 'vue'

/** Chromium cannot lay out more than about 33.5 M px; past this the scroll space stands for more than it is. */
export const MAX_SCROLL = 30_000_000
const OVERSCAN = 2

export interface Viewport {
  /** Rows to render: from `first` up to, not including, `last`. */
  range: ComputedRef<{ first: number; last: number }>
  /** Height of the scroll space, and where the rendered rows stand in it. */
  height: ComputedRef<number>
  shift: ComputedRef<number>
  width: Ref<number>
  /** Brings a row into view with as little movement as needed. */
  reveal: (index: number) => void
  pageRows: () => number
}

export interface ViewportOptions {
  box: Readonly<Ref<HTMLElement | null>>
  total: () => number
  rowHeight: () => number
  /** Sticky head and foot, which cover rows. */
  covered: () => { top: number; bottom: number }
}

/** Where a scroll position stands among the rows, exact at both ends even where the scroll space is scaled down. */
export const rowsOffset = (scrollTop: number, at: { total: number; rowHeight: number; view: number }): number => {
  const real = at.total * at.rowHeight
  if (real <= MAX_SCROLL) return scrollTop
  const share = scrollTop / Math.max(1, MAX_SCROLL - at.view)
  return Math.min(1, share) * Math.max(0, real - at.view)
}

export const useViewport = (options: ViewportOptions): Viewport => {
  const scrollTop = ref(0)
  const view = ref(0)
  const width = ref(0)
  const real = computed(() => options.total() * options.rowHeight())
  const height = computed(() => Math.min(real.value, MAX_SCROLL))
  const rowsView = computed(() => Math.max(0, view.value - options.covered().top - options.covered().bottom))
  const offset = computed(() =>
    rowsOffset(scrollTop.value, { total: options.total(), rowHeight: options.rowHeight(), view: rowsView.value }),
  )
  const first = computed(() => Math.max(0, Math.floor(offset.value / options.rowHeight()) - OVERSCAN))
  const last = computed(() => Math.min(options.total(), Math.ceil((offset.value + rowsView.value) / options.rowHeight()) + OVERSCAN))
  const range = computed(() => ({ first: Math.min(first.value, last.value), last: last.value }))
  const shift = computed(() => range.value.first * options.rowHeight() + (real.value > MAX_SCROLL ? scrollTop.value - offset.value : 0))

  const scrolled = (): void => {
    const box = options.box.value
    if (box) scrollTop.value = box.scrollTop
  }
  const scrollTo = (rowsTop: number): void => {
    const box = options.box.value
    if (!box) return
    const top = real.value <= MAX_SCROLL ? rowsTop : (rowsTop / Math.max(1, real.value - rowsView.value)) * (MAX_SCROLL - rowsView.value)
    box.scrollTop = top
    scrolled()
  }
  const reveal = (index: number): void => {
    const top = index * options.rowHeight()
    if (top < offset.value) scrollTo(top)
    else if (top + options.rowHeight() > offset.value + rowsView.value) scrollTo(top + options.rowHeight() - rowsView.value)
  }
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return
    view.value = entry.contentRect.height
    width.value = entry.contentRect.width
  })
  onMounted(() => {
    const box = options.box.value
    if (!box) return
    view.value = box.clientHeight
    width.value = box.clientWidth
    box.addEventListener('scroll', scrolled, { passive: true })
    observer.observe(box)
  })
  onBeforeUnmount(() => {
    observer.disconnect()
  })
  return { range, height, shift, width, reveal, pageRows: () => Math.max(1, Math.floor(rowsView.value / options.rowHeight()) - 1) }
}
