/** Version control at any depth: each of its commands runs the hooks and programs that its settings name. */
const repositories = new Set(['.git', '.hg', '.svn', '.bzr', '.jj'])

/**
 * Files and folders that give orders to other tools once a person enters or opens the folder or uses the tools there.
 */
const orders = new Set(
  [
    // Editors run tasks, extensions and interpreters.
    '.vscode .vscode-server .idea .fleet .zed .vs .theia .nova .sublime .devcontainer .devcontainer.json .gitpod.yml .dir-locals.el .dir-locals-2.el .exrc .vimrc .lvimrc .nvimrc .nvim.lua pyvenv.cfg',
    // Shells and version managers run these files in the current folder.
    '.envrc .direnv .mise.toml .mise.local.toml mise.toml mise.local.toml .mise .rtx.toml .rvmrc .autoenv .autoenv.zsh .in .rprofile .gdbinit .lldbinit .pdbrc .pryrc .irbrc',
    // Package managers run programs, and send tokens to the registries that they name.
    '.npmrc .yarnrc .yarnrc.yml .cargo .bundle .bazelrc .pnpmfile.cjs .pnpmfile.mjs bunfig.toml',
    // Hooks, and jobs that a push starts.
    '.husky .githooks .lefthook .github .gitlab .gitlab-ci.yml .circleci .buildkite',
    // Assistants run hooks and servers.
    '.claude .cursor .gemini .codex .windsurf .kiro .amazonq .continue .roo .mcp.json',
  ].flatMap((names) => names.split(' ')),
)

/**
 * The first path through which another tool would run programs once a person enters or opens the folder; undefined if
 * there is none. In node_modules, which nobody opens, only repositories count: dependencies often have such files.
 */
export function runsByItself(paths: readonly string[]): string | undefined {
  return paths.find(isOrder) ?? bareRepository(paths)
}

function isOrder(path: string): boolean {
  const names = path.split('/').map(plainName)
  if (names.some((name) => repositories.has(name))) return true
  return (
    !names.includes('node_modules') &&
    names.some((name) => orders.has(name) || name.endsWith('.code-workspace'))
  )
}

/**
 * A name as file systems compare it. Some ignore case, invisible characters, or dots and spaces at the end, or have
 * short names.
 */
function plainName(name: string): string {
  const plain = name
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .toLowerCase()
  const [before = ''] = plain.split(':')
  return before.replace(/[. ]+$/, '').replace(/^git~\d+$/, '.git')
}

/** git takes a folder with these files for a repository under any name. */
function bareRepository(paths: readonly string[]): string | undefined {
  const lower = paths.map((path) => path.toLowerCase())
  const at = lower.findIndex((path) => {
    const folder = /^(?:.*\/)?(?=head$)/.exec(path)?.[0]
    return (
      folder !== undefined &&
      ['objects/', 'refs/'].every((name) => lower.some((each) => each.startsWith(folder + name)))
    )
  })
  return paths[at]
}
