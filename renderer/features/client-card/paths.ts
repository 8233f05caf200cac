/** Where a thing of this connection is. */
export const pathTo = (kind: 'contracts' | 'clients' | 'plans', connectionId: string, id: string): string =>
  `/${kind}/${encodeURIComponent(connectionId)}/${encodeURIComponent(id)}`
