# Completion of lambdactl for fish. To install it, run:
#   lambdactl completion fish > ~/.config/fish/completions/lambdactl.fish

function __lambdactl_words
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (command lambdactl __complete fish $before[2..] ":$current" 2>/dev/null)
    set -l flag (string match -r -- '^--[^=]*=' "$current")
    set -l begin (string replace -r -- '^--[^=]*=' '' "$current")
    switch "$lines[1]"
        case files
            for path in (__fish_complete_path "$begin")
                echo "$flag$path"
            end
        case folders
            for path in (__fish_complete_directories "$begin" '')
                echo "$flag$path"
            end
        case '*'
            set -e lines[1]
            printf '%s\n' $lines
    end
end

complete -c lambdactl -f -k -a '(__lambdactl_words)'
