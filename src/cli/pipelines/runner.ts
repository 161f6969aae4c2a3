/** The variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>

/** Tells whether a pipeline wants to know the outcomes of a command. */
export function wantsOutcomes(variables: Variables): boolean {
  return variables['GITHUB_ACTIONS'] === 'true' || Boolean(variables['LAMBDACTL_DOTENV'])
}

/** The page of the run that this process is part of, on GitHub. */
export function githubRun({
  GITHUB_SERVER_URL: server,
  GITHUB_REPOSITORY: repository,
  GITHUB_RUN_ID: id,
}: Variables): string | undefined {
  return server && repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined
}
