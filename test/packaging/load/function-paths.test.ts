import { expect, test } from 'vitest'
import { inFunctionPaths } from '../../../src/packaging/load/function-paths.ts'

const places = {
  folder: '/tmp/lambdactl-load-a+b',
  loader: '/usr/lib/lambdactl/src/packaging/loaders/node.mjs',
}
const said = (text: string) => inFunctionPaths(text, places)

test.each([
  [
    "Error: Cannot find module '/tmp/lambdactl-load-a+b/package/lib/x.js'",
    "Error: Cannot find module 'lib/x.js'",
  ],
  ['in file:///tmp/lambdactl-load-a+b/package/index.mjs:3:1', 'in index.mjs:3:1'],
  [
    "ENOENT: no such file or directory, scandir '/tmp/lambdactl-load-a+b/package'",
    "ENOENT: no such file or directory, scandir '/var/task'",
  ],
  ["open '/tmp/lambdactl-load-a+b/.cache'", "open '/tmp/.cache'"],
  [
    "Cannot find module '/tmp/lambdactl-load-a+b/package/app.mjs' imported from /usr/lib/lambdactl/src/packaging/loaders/node.mjs",
    "Cannot find module 'app.mjs'",
  ],
  [
    "Cannot find module 'app'\nRequire stack:\n- /tmp/lambdactl-load-a+b/package/index.js\n- /usr/lib/lambdactl/src/packaging/loaders/node.mjs",
    "Cannot find module 'app'\nRequire stack:\n- index.js",
  ],
  [
    "Cannot find module 'app'\nRequire stack:\n- /usr/lib/lambdactl/src/packaging/loaders/node.mjs",
    "Cannot find module 'app'",
  ],
  [
    'Error: no\n    at load (file:///usr/lib/lambdactl/src/packaging/loaders/node.mjs:1:2)\n    at node:internal/x:1:1\nNode.js v24.1.0',
    'Error: no',
  ],
])('%j is told as %j', (text, expected) => {
  expect(said(text)).toBe(expected)
})
