import * as tls from 'node:tls'
import { AppError } from '@shared/errors'

interface TlsSettings {
  caPem: string | null
  clientCertPem: string | null
  clientKeyPem: string | null
}

/** Certificates trusted here: Node's own list, the system's, and the connection's own CA. Nothing is ever switched off. */
const trusted = (own: string | null): string[] => {
  // Older runtimes have no access to the system's store: then Node's list must do.
  const listed =
    typeof tls.getCACertificates === 'function'
      ? [...tls.getCACertificates('default'), ...tls.getCACertificates('system')]
      : [...tls.rootCertificates]
  return [...new Set([...listed, ...(own === null ? [] : [own])])]
}

/** Made once a connection: reading some hundred certificates for every socket would cost more than the request. */
export const secureContextOf = ({ caPem, clientCertPem, clientKeyPem }: TlsSettings): tls.SecureContext => {
  try {
    return tls.createSecureContext({
      ca: trusted(caPem),
      minVersion: 'TLSv1.2',
      ...(clientCertPem === null ? {} : { cert: clientCertPem }),
      ...(clientKeyPem === null ? {} : { key: clientKeyPem }),
    })
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new AppError('tls', 'a certificate or key of this connection cannot be read', { reason })
  }
}
