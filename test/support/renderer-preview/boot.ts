import { fakeApi } from './fake/api'

// The program's place is taken by made-up data; the rest is the renderer as it ships.
window.api = fakeApi(new URLSearchParams(location.search))
void import('@renderer/app/main')
