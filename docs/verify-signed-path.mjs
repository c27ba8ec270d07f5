// Verifies docs/signed-path-vectors.json with nothing but Node: what a service or gateway in another language has to do.
// Usage: node verify-signed-path.mjs signed-path-vectors.json
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { readFileSync } from 'node:fs'

const vectors = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const json = (base64url) => JSON.parse(Buffer.from(base64url, 'base64url'))
const decode = (text) => decodeURIComponent(text.replaceAll('+', ' '))
const digits = /^[0-9]{1,5}$/
const keys = new Map(vectors.living_boots.map((boot) =>
  [boot, Buffer.from(hkdfSync('sha256', vectors.master_secret, '', `latchkey signed path v1 ${boot}`, 32))]))

function verify(method, target, now) {
  if (method !== 'GET' && method !== 'HEAD') return null
  const [path, query] = target.split(/\?(.*)/s)
  const pairs = query === undefined ? [] : query.split('&').map((pair) => pair.split(/=(.*)/s).slice(0, 2))
    .map(([name, value = '']) => [decode(name), decode(value)])
  const token = pairs.find(([name]) => name === 'authSig')?.[1]
  const parts = token?.split('.') ?? []
  if (parts.length !== 3 || !pairs.every(([name, value]) => !['width', 'height'].includes(name) || digits.test(value))) return null
  const header = json(parts[0])
  const key = keys.get(header.kid)
  if (!key || header.alg !== 'HS256' || header.typ !== 'latchkey-path+jwt') return null
  const mac = Buffer.from(createHmac('sha256', key).update(`${parts[0]}.${parts[1]}`).digest('base64url'))
  const sent = Buffer.from(parts[2])
  if (mac.length !== sent.length || !timingSafeEqual(mac, sent)) return null
  const claims = json(parts[1])
  const params = pairs.filter(([name]) => !['authSig', 'width', 'height'].includes(name))
  const same = claims.path === decodeURIComponent(path) && JSON.stringify(claims.params) === JSON.stringify(params)
  return same && now < claims.exp ? claims : null
}

for (const { name, method, target, now, claims } of vectors.requests) {
  const found = JSON.stringify(verify(method, target, now))
  if (found !== JSON.stringify(claims)) throw new Error(`${name}: expected ${JSON.stringify(claims)}, found ${found}`)
}
console.log(`${vectors.requests.length} vectors agree`)
