import { relative, sep } from 'node:path'
import createIgnore from 'ignore'
import { readBeside } from '../select/read-beside.ts'

/** Folders of tools and versions, and the files that editors write beside the one that is saved. */
const never = [
  'node_modules',
  '.git',
  '.hg',
  '.svn',
  '.venv',
  '.idea',
  '.vscode',
  '__pycache__',
  '*.pyc',
  '.pytest_cache',
  '.DS_Store',
  '*~',
  '.#*',
  '#*#',
  '.*.sw?',
  '4913',
]

/** Rule files whose paths nobody waits for. */
const ruleFiles = ['.gitignore', '.lambdactlignore']

/**
 * Tells which paths below a folder are not watched: what installers and editors write, and what the folder's own
 * `.gitignore` and `.lambdactlignore` leave out.
 *
 * @param folder absolute
 */
export function ignoredIn(folder: string): (path: string, isFolder: boolean) => boolean {
  const rules = createIgnore({ ignorecase: false, allowRelativePaths: true }).add(never)
  for (const name of ruleFiles) rules.add(readBeside(`${folder}${sep}${name}`)?.toString('utf8') ?? '')
  return (path, isFolder) => {
    const name = relative(folder, path).split(sep).join('/')
    return name !== '' && !name.startsWith('../') && rules.ignores(isFolder ? `${name}/` : name)
  }
}
