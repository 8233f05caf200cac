process.parentPort.on('message', ({ data }) => {
  process.parentPort.postMessage({ type: process.type, echo: data, isDate: data.at instanceof Date, bytes: [...data.bytes] })
})
setInterval(() => undefined, 1000)
