import { reactive } from 'vue'

/** What lies over the whole window. */
export const overlays = reactive({ palette: false, shortcuts: false })
