#include "procedure/procedurescript.h"

#include "values/shellword.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr auto Prelude = R"sh(set -u
from=
case ${1-} in
  '') ;;
  --from) from=${2:?--from needs the id of a step} ;;
  *) echo "usage: $0 [--from STEP]" >&2; exit 2 ;;
esac
known=
skip() { # true: the step lies before the one to begin with
  if [ -n "$from" ] && [ "$1" != "$from" ] && [ -z "$known" ]; then return 0; fi
  known=1
  printf '==> %s: %s\n' "$1" "$2"
  return 1
}
ended() { # exit code, step
  [ "$1" = 0 ] && return
  printf '%s failed with %s. Look at it, then go on with: %s --from %s\n' "$2" "$1" "$0" "$2" >&2
  exit "$1"
}
confirm() { # what has to be typed, empty: yes
  printf 'Type %s to go on: ' "${1:-yes}"
  read -r typed </dev/tty || typed=
  [ "$typed" = "${1:-yes}" ] || { echo "not confirmed" >&2; exit 3; }
}
)sh"_L1;

QString comment(const QString &text)
{
    QString lines;
    for (const QString &line : text.split(u'\n'))
        lines += u"# "_s + line + u'\n';
    return lines;
}

// The words that run a script from standard input on the step's host.
QString shellOn(const std::optional<Host> &host)
{
    if (!host)
        return u"sh"_s;
    QStringList words;
    if (!host->runAs.isEmpty())
        words << u"sudo"_s << u"-n"_s << u"-u"_s << host->runAs << u"--"_s;
    words << u"sh"_s;
    if (host->ssh.isEmpty())
        return readableShellLine(words);
    return readableShellLine({ u"ssh"_s, u"-T"_s, u"--"_s, host->ssh, QString::fromUtf8(shellLine(words)) });
}

QString stepText(const Procedure &procedure, const Step &step)
{
    QString text = u"\n"_s + comment(step.why.isEmpty() ? step.title : step.title + u'\n' + step.why);
    text += u"if ! skip %1 %2; then\n"_s.arg(shellWord(step.id), shellWord(step.title));
    if (step.command.isEmpty())
        text += u"confirm %1\n"_s.arg(shellWord(step.typed));
    else
        text += u"printf %s %1 | %2\nended $? %3\n"_s.arg(
            shellWord(step.command), shellOn(procedure.hostOf(step)), shellWord(step.id));
    return text + u"fi\n"_s;
}

QString fenced(const QString &script)
{
    QString fence = u"```"_s;
    while (script.contains(fence))
        fence += u'`';
    return fence + u"sh\n"_s + script + (script.endsWith(u'\n') ? QString() : u"\n"_s) + fence + u"\n\n"_s;
}

} // namespace

QByteArray procedureScript(const Procedure &procedure)
{
    QString text = u"#!/usr/bin/env bash\n"_s + comment(procedure.title);
    for (auto it = procedure.facts.cbegin(); it != procedure.facts.cend(); ++it)
        text += comment(it.key() + u": "_s + it.value());
    text += Prelude;
    for (const Step &step : procedure.steps)
        text += stepText(procedure, step);
    text
        += u"\n[ -n \"$known\" ] || { echo \"there is no step $from\" >&2; exit 2; }\necho \"every step is done\"\n"_s;
    return text.toUtf8();
}

QString procedureMarkdown(const Procedure &procedure)
{
    QString text = u"# %1\n\n"_s.arg(procedure.title);
    for (auto it = procedure.facts.cbegin(); it != procedure.facts.cend(); ++it)
        text += u"- %1: %2\n"_s.arg(it.key(), it.value());
    QString phase;
    int number = 0;
    for (const Step &step : procedure.steps) {
        if (step.phase != phase)
            text += u"\n## %1\n"_s.arg(step.phase);
        phase = step.phase;
        text += u"\n### %1. %2 (`%3`)\n\n%4\n\n"_s.arg(++number).arg(step.title, step.id, step.why);
        if (!step.command.isEmpty())
            text += u"On %1:\n\n"_s.arg(step.host.isEmpty() ? u"this machine"_s : step.host)
                + fenced(step.command);
        if (!step.typed.isEmpty())
            text += u"Type `%1` to go on.\n"_s.arg(step.typed);
        if (!step.leaves.isEmpty())
            text += u"Leaves behind: %1.\n"_s.arg(step.leaves);
    }
    return text;
}

} // namespace tidemark
