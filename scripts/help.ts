/**
 * Writes the help of each command and topic to dist/help, for a terminal that is as wide as help gets; `bin/ready.js`
 * shows it. Needs the built commands' manifest.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Colours are decided when they are loaded, and are for the reader to leave out.
delete process.env['NO_COLOR']
process.env['FORCE_COLOR'] = '1'
const { helpTexts } = await import('./help-texts.ts')

const root = join(import.meta.dirname, '..')
const folder = join(root, 'dist', 'help')
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const [subject, text] of await helpTexts(root)) writeFileSync(join(folder, `${subject}.txt`), text)
