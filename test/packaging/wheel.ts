import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'

const script = `
import hashlib, base64, json, sys, zipfile
path, files, name, version, tag = json.loads(sys.argv[1])
info = f'{name}-{version}.dist-info'
files[f'{info}/METADATA'] = f'Metadata-Version: 2.1\\nName: {name}\\nVersion: {version}\\n'
files[f'{info}/WHEEL'] = f'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: {tag}\\n'
def digest(text):
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()
record = ''.join(f'{each},sha256={digest(text)},{len(text.encode())}\\n' for each, text in files.items())
files[f'{info}/RECORD'] = record + f'{info}/RECORD,,\\n'
with zipfile.ZipFile(path, 'w') as wheel:
    for each, text in files.items():
        wheel.writestr(each, text)
print(hashlib.sha256(open(path, 'rb').read()).hexdigest())
`

/**
 * Writes a wheel by Python's own zipfile.
 *
 * @param tag as in `py3-none-any`, which is in its name
 * @returns its SHA-256 in hex, as requirements.txt names it
 */
export async function writeWheel(
  path: string,
  files: Readonly<Record<string, string>>,
  { name = 'greetings', version = '1.0', tag = 'py3-none-any' } = {},
): Promise<string> {
  await mkdir(dirname(path), { recursive: true })
  const { stdout } = await promisify(execFile)('python3', [
    '-c',
    script,
    JSON.stringify([path, files, name, version, tag]),
  ])
  return stdout.trim()
}
