# Completion of lambdactl for PowerShell. To install it, add this line to the file that $PROFILE names:
#   lambdactl completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName lambdactl -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    # Windows PowerShell drops empty arguments, so the word at the cursor goes behind a colon.
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition -or ($_.Extent.EndOffset -eq $cursorPosition -and $wordToComplete -eq '') } |
        ForEach-Object { $_.Extent.Text })
    $program = Get-Command lambdactl -CommandType Application, ExternalScript -ErrorAction SilentlyContinue | Select-Object -First 1
    if (-not $program) { return }
    $lines = @(& $program __complete powershell $words ":$wordToComplete" 2>$null)

    # Without results, PowerShell itself completes names of files.
    $lines | Select-Object -Skip 1 | ForEach-Object {
        $word, $description = $_ -split "`t", 2
        if (-not $description) { $description = $word }
        [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $description)
    }
}
