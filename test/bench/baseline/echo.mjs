/** The other end of a baseline round trip: a forked process that sends back what it was sent. */
process.on('message', (message) => process.send?.(message))
process.on('disconnect', () => process.exit(0))
