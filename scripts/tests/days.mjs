/**
 * Days, hours and zones on which a program that counts by the calendar goes wrong.
 * @typedef {{ name: string, zone: string, at: string, what: string }} Day `at` is the moment in UTC at which the run begins.
 */

/** @type {readonly Day[]} */
export const days = [
  { name: 'new-years-eve', zone: 'Asia/Kamchatka', at: '2026-12-31T11:58:00Z', what: '31 December 2026, 23:58' },
  { name: 'new-year', zone: 'Pacific/Auckland', at: '2026-12-31T11:02:00Z', what: '1 January 2027, 00:02' },
  { name: 'before-leap-day', zone: 'UTC', at: '2028-02-28T23:58:00Z', what: '28 February 2028, 23:58' },
  { name: 'leap-day', zone: 'America/New_York', at: '2028-02-29T17:00:00Z', what: '29 February 2028, 12:00' },
  { name: 'clocks-forward', zone: 'America/New_York', at: '2027-03-14T06:59:30Z', what: '14 March 2027, 01:59:30, a minute before 03:00' },
  { name: 'clocks-back', zone: 'America/New_York', at: '2027-11-07T05:59:30Z', what: '7 November 2027, 01:59:30, the first time' },
  { name: 'first-of-month', zone: 'Asia/Kamchatka', at: '2027-06-30T12:10:00Z', what: '1 July 2027, 00:10' },
  { name: 'last-of-month', zone: 'Pacific/Auckland', at: '2027-04-30T11:50:00Z', what: '30 April 2027, 23:50' },
  { name: 'three-utc', zone: 'UTC', at: '2027-05-12T03:00:00Z', what: '12 May 2027, 03:00' },
  { name: 'moscow-midnight', zone: 'UTC', at: '2027-08-17T20:59:40Z', what: '17 August 2027, 20:59:40, before midnight in Moscow' },
]

/** The day of that name; without a name any of them. @param {string | undefined} name @returns {Day} */
export const dayNamed = (name) => {
  const day = name ? days.find((one) => one.name === name) : days[Math.floor(Math.random() * days.length)]
  if (!day) throw new Error(`There is no day ${name}: ${days.map((one) => one.name).join(', ')}.`)
  return day
}

/** Files of the quick tests that take long and look at no day: left out where the quick tests run a second time. */
export const timeless = [
  'test/platforms/demo-churn.test.ts',
  'test/security/csp-hashes.test.ts',
  'test/security/ipc.test.ts',
  'test/store/store-connection.test.ts',
  'test/sync/figures-after-changes.test.ts',
  'test/sync/first-load.test.ts',
  'test/sync/kill-sync.test.ts',
  'test/sync/one-list-broken.test.ts',
  'test/unit/borders.test.ts',
  'test/unit/packaging.test.ts',
  'test/unit/standin.test.ts',
]
