const anywhere =
  /key|token|secret|passw|passphrase|passcode|pwd|credential|authorization|conn(?:ection)?_?str/i
/** These are parts of other words, such as author or connections, so they must stand alone. */
const asWord = /(?:^|_)(?:auth|(?:db_?)?conn|creds?|dsn|(?:db_?)?pass)(?:_|$)/i
/** As adjectives these describe something else, such as the domain of cookies. */
const atEnd = /(?:^|_)(?:bearer|cookie|jwt|pat)$/i
/** In the names of networks, private is a usual word. */
const isPrivate = /private(?!_?(?:subnet|ip|dns|host|net|zone|cidr|link|route|vpc))/i
/** These name a place, not a secret. */
const isPlace = /^(?:OLD)?PWD$|^SSH_AUTH_SOCK$|_(?:arn|id|name|alias|path|file|url|uri|bucket|region|table)$/i
const isAccessKey = /access_?key_?id$/i

/** The names of variables whose values are probably secrets. */
export function secretNames(names: readonly string[]): string[] {
  return names.filter((name) => soundsSecret(name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replaceAll('-', '_')))
}

function soundsSecret(name: string): boolean {
  if (isAccessKey.test(name)) return true
  return !isPlace.test(name) && [anywhere, asWord, atEnd, isPrivate].some((pattern) => pattern.test(name))
}
