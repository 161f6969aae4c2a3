/** Modules that only some Python versions from 3.8 to 3.14 have. */
const comeAndGone = new Set(
  `annotationlib compression graphlib tomllib zoneinfo
  aifc asynchat asyncore audioop binhex cgi cgitb chunk crypt distutils dummy_threading formatter imghdr imp lib2to3
  mailcap msilib nis nntplib ossaudiodev parser pipes smtpd sndhdr spwd sunau symbol telnetlib uu xdrlib`.split(
    /\s+/,
  ),
)

/** Tells whether a module may be missing in one version of Python only. */
export function isOfVersion(module: string): boolean {
  return comeAndGone.has(module.split('.')[0] ?? '')
}
