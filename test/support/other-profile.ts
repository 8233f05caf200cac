import document from '../../electron/demo/rustack/profile.json' with { type: 'json' }

/** What the deployment of a test calls its notes and limits: other paths, other fields, other codes. */
const paths = {
  notes: '/v1/remark',
  note: '/v1/remark/:id',
  noteConfirm: '/v1/remark/:id/done',
  clientNotes: '/v1/customer/:id/remarks',
  clientLimits: '/v1/customer/:id/quotas',
  clientLimit: '/v1/customer/:id/quotas/:limit',
}

/** The same platform with that half of its API changed, in the demo's own document. */
export const deploymentProfile = (): unknown => ({
  ...document,
  paths: { ...document.paths, ...paths },
  fields: {
    ...document.fields,
    note: { ...document.fields.note, text: 'body', alert: 'remind_at', confirmed: 'done' },
    limit: { ...document.fields.limit, type: 'kind', value: 'cap' },
  },
  limitTypes: document.limitTypes.map((type) => type.toUpperCase()),
})

/** What a person would write for it. */
export const OTHER_PROFILE = `${JSON.stringify(
  {
    title: 'Cloud of a test',
    paths,
    fields: {
      note: { text: 'body', alertAt: 'remind_at', confirmed: 'done' },
      limit: { type: 'kind', value: 'cap' },
    },
    limitTypes: {
      VM: 'servers',
      DISK: 'disks',
      VOLUME: 'volume',
      IP: 'ip',
      NETWORK: 'networks',
      ROUTER: 'routers',
      RAM: 'ram',
      CPU: 'cpu',
    },
  },
  null,
  2,
)}\n`
