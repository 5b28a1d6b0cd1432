import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'

const YEAR_SECONDS = 31_536_000

/** Nothing from elsewhere, nothing inline, no frame around us; HSTS only where there is TLS. */
export function headers(https: boolean): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      mediaSrc: ["'self'", 'blob:'],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: https ? `max-age=${2 * YEAR_SECONDS}; includeSubDomains` : false,
    permissionsPolicy: { camera: [], microphone: ['self'], geolocation: [] },
  })
}

/**
 * Refuses unsafe requests that a browser sends from another site. A browser always says where it comes from;
 * a request that says nothing is not a browser with our cookie.
 */
export function sameSiteOnly(publicUrl: string | null): MiddlewareHandler {
  return async (c, next) => {
    const unsafe = !['GET', 'HEAD', 'OPTIONS'].includes(c.req.method)
    if (unsafe && !c.req.path.startsWith('/webhooks/') && !isSameSite(c.req.raw, publicUrl))
      return c.json({ error: 'forbidden', message: 'Yêu cầu này đến từ một trang khác nên bị từ chối.' }, 403)
    return next()
  }
}

function isSameSite(request: Request, publicUrl: string | null): boolean {
  const site = request.headers.get('Sec-Fetch-Site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return false
  const origin = request.headers.get('Origin')
  if (origin === null) return true
  const own = new URL(publicUrl ?? request.url).host
  return URL.canParse(origin) && new URL(origin).host === own
}
