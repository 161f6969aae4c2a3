/** Names for the place of a module or of the package, and calls that read files. */
export const place =
  /\b__(?:dirname|filename|bundleFolder|bundleFile)\b|\bimport[._]meta\b|\bcwd\(|\bLAMBDA_TASK_ROOT\b|\b(?:readFile|readdir|createReadStream|opendir)|\b(?:serveStatic|static|renderFile|compileFile|configure)\(|require\.resolve\(/
