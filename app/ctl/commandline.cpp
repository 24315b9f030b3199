#include "ctl/help.h"
#include "ctl/words.h"
#include "yaml/keys.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

namespace {

struct Read {
    Call call;
    QString mistake;
};

const Option *optionNamed(const Command &command, const QString &name)
{
    for (const Option &option : command.options) {
        if (option.name == name)
            return &option;
    }
    return nullptr;
}

QString orMaybe(const QString &text, const QString &word, const QStringList &known)
{
    const QString near = yaml::nearest(word, known);
    return near.isEmpty() ? text : text + u"; did you mean %1?"_s.arg(near);
}

QString unknownOption(const Command &command, const QString &name)
{
    QStringList known;
    for (const Option &option : command.options)
        known << u"--"_s + option.name;
    return orMaybe(u"%1 has no option --%2"_s.arg(command.name, safe(name, 40)), u"--"_s + name, known);
}

// --name VALUE, --name=VALUE or --name; takes the value off the rest.
QString readOption(const Command &command, const QString &word, QStringList &rest, Call &call)
{
    const QString name = word.section(u'=', 0, 0).mid(2);
    const Option *option = optionNamed(command, name);
    if (!option)
        return unknownOption(command, name);
    if (call.has(name))
        return u"--%1 is there twice"_s.arg(name);
    if (option->value.isEmpty()) {
        call.options[name] = QString();
        return word.contains(u'=') ? u"--%1 takes no value"_s.arg(name) : QString();
    }
    if (word.contains(u'='))
        call.options[name] = word.section(u'=', 1);
    else if (!rest.isEmpty())
        call.options[name] = rest.takeFirst();
    else
        return u"--%1 needs a value: %2"_s.arg(name, option->value);
    return {};
}

QString countMistake(const Command &command, qsizetype count)
{
    if (count < command.least)
        return u"%1 needs %2"_s.arg(command.name, command.operands);
    if (count > command.most)
        return u"too many operands for %1"_s.arg(command.name);
    return {};
}

Read readCall(const Command &command, QStringList rest)
{
    Read read;
    bool onlyOperands = false;
    while (!rest.isEmpty() && read.mistake.isEmpty()) {
        const QString word = rest.takeFirst();
        if (!onlyOperands && word == "--"_L1)
            onlyOperands = true;
        else if (!onlyOperands && word.startsWith("--"_L1))
            read.mistake = readOption(command, word, rest, read.call);
        else if (!onlyOperands && word.size() > 1 && word.startsWith(u'-'))
            read.mistake = u"%1 has no option %2"_s.arg(command.name, safe(word, 40));
        else
            read.call.operands << word;
    }
    if (read.mistake.isEmpty())
        read.mistake = countMistake(command, read.call.operands.size());
    return read;
}

const Command *commandOf(QStringList &arguments)
{
    for (const Command &command : commands()) {
        const QStringList words = command.name.split(u' ');
        if (arguments.mid(0, words.size()) != words)
            continue;
        arguments = arguments.mid(words.size());
        return &command;
    }
    return nullptr;
}

// Options in front of the command, as other tools take them, go behind it; answers with a mistake.
QString takeLeading(QStringList &arguments, QStringList &leading)
{
    while (arguments.value(0).startsWith("--"_L1) && arguments.front() != "--"_L1) {
        const QString word = arguments.takeFirst();
        const QString name = word.section(u'=', 0, 0).mid(2);
        const Option *option = nullptr;
        for (const Command &command : commands())
            option = option ? option : optionNamed(command, name);
        if (!option)
            return u"no command has an option %1; see tidemarkctl --help"_s.arg(safe(word, 40));
        leading << word;
        if (option->value.isEmpty() || word.contains(u'='))
            continue;
        if (arguments.isEmpty())
            return u"--%1 needs a value: %2"_s.arg(name, option->value);
        leading << arguments.takeFirst();
    }
    return {};
}

Answer unknownCommand(const QStringList &arguments)
{
    QStringList known;
    for (const Command &command : commands())
        known << command.name;
    if (arguments.isEmpty())
        return misused(u"no command given; see tidemarkctl --help"_s);
    const QString asked = safe(arguments.mid(0, 2).join(u' '), 60);
    const QStringList verbs = known.filter(arguments.front() + u' ');
    if (!verbs.isEmpty() && verbs.front().startsWith(arguments.front() + u' '))
        return misused(orMaybe(u"unknown command \"%1\""_s.arg(asked), asked, known) + u"; known: "_s
            + verbs.join(u", "_s));
    const QString text = orMaybe(u"unknown command \"%1\""_s.arg(asked), asked, known);
    return misused(text + u"; see tidemarkctl --help"_s);
}

bool asksForHelp(const QStringList &arguments)
{
    const QStringList options
        = arguments.mid(0, arguments.contains(u"--"_s) ? arguments.indexOf(u"--"_s) : -1);
    return options.contains(u"--help"_s) || options.contains(u"-h"_s);
}

Answer inJson(Answer answer)
{
    answer.text = QString::fromUtf8(QJsonDocument(answer.json).toJson());
    return answer;
}

} // namespace

QCoro::Task<Answer> runCommandLine(QStringList arguments, Tools tools, std::stop_token stop)
{
    if (arguments.value(0) == "--version"_L1)
        co_return Answer { .text = versionLine() };
    const bool help = asksForHelp(arguments) || arguments.value(0) == "help"_L1;
    QStringList leading;
    const QString mistake = help ? QString() : takeLeading(arguments, leading);
    if (!mistake.isEmpty())
        co_return misused(mistake);
    const Command *command = commandOf(arguments);
    if (help)
        co_return Answer { .text = command ? commandHelp(*command) : programHelp() };
    if (!command)
        co_return unknownCommand(arguments);
    const Read read = readCall(*command, leading + arguments);
    if (!read.mistake.isEmpty())
        co_return misused(read.mistake);
    if (read.call.has(u"json"_s))
        tools.progress = nullptr;
    Answer answer = co_await command->run(read.call, tools, stop);
    co_return read.call.has(u"json"_s) ? inJson(std::move(answer)) : std::move(answer);
}

} // namespace tidemark::ctl
