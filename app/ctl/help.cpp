#include "ctl/help.h"

using namespace Qt::StringLiterals;

namespace tidemark::ctl {

static const QStringList &exitCodes()
{
    static const QStringList codes { u"ok"_s, u"warning"_s, u"critical"_s,
        u"unknown: the command was not understood, or what it needs could not be had"_s };
    return codes;
}

static QString written(const Option &option)
{
    return u"--"_s + option.name + (option.value.isEmpty() ? QString() : u' ' + option.value);
}

QString synopsis(const Command &command)
{
    QString line = u"tidemarkctl "_s + command.name;
    for (const Option &option : command.options)
        line += u" ["_s + written(option) + u']';
    return line + u' ' + command.operands;
}

static QString wrapped(const QString &text)
{
    QString out;
    QString line;
    for (const QString &word : text.split(u' ')) {
        if (!line.isEmpty() && line.size() + word.size() > 86) {
            out += line + u'\n';
            line.clear();
        }
        line += (line.isEmpty() ? QString() : u" "_s) + word;
    }
    return out + line + u'\n';
}

QString commandHelp(const Command &command)
{
    QString text = u"usage: "_s + synopsis(command) + u"\n\n"_s;
    text += command.about.left(1).toUpper() + command.about.mid(1) + u".\n\n"_s + wrapped(command.more);
    text += u"\noptions:\n"_s;
    for (const Option &option : command.options)
        text += u"  %1  %2\n"_s.arg(written(option), -18).arg(option.about);
    return text;
}

QString programHelp()
{
    QString text = u"usage: tidemarkctl COMMAND [OPTION...] [OPERAND...]\n\ncommands:\n"_s;
    for (const Command &command : commands())
        text += u"  %1  %2\n"_s.arg(command.name + u' ' + command.operands, -22).arg(command.about);
    text += u"\ntidemarkctl COMMAND --help tells more about one. Options may stand before the command. Put "
            u"--\n"
            "before an operand that begins with a dash.\n"
            "\nexit codes:\n"_s;
    for (qsizetype i = 0; i < exitCodes().size(); ++i)
        text += u"  %1  %2\n"_s.arg(QString::number(i), exitCodes()[i]);
    return text;
}

QString versionLine()
{
    return u"tidemarkctl " TIDEMARK_VERSION "\n"_s;
}

static QString roff(const QString &text)
{
    QString out = text;
    out.replace(u'\\', u"\\e"_s).replace(u'-', u"\\-"_s).replace(u'\'', u"\\(aq"_s);
    return out.startsWith(u'.') ? u"\\&"_s + out : out;
}

static QString manCommand(const Command &command)
{
    QString text = u".SS \""_s + roff(command.name + u' ' + command.operands) + u"\"\n"_s;
    text += roff(command.about.left(1).toUpper() + command.about.mid(1)) + u".\n"_s + roff(command.more)
        + u'\n';
    for (const Option &option : command.options) {
        text += u".TP\n.BR "_s + roff(u"--"_s + option.name);
        text += option.value.isEmpty() ? u"\n"_s : u" \" \" "_s + roff(option.value) + u'\n';
        text += roff(option.about) + u".\n"_s;
    }
    return text;
}

static QString manExitCodes()
{
    QString text = u".SH EXIT STATUS\nThe codes monitoring systems use:\n"_s;
    for (qsizetype i = 0; i < exitCodes().size(); ++i)
        text += u".TP\n.B %1\n"_s.arg(i) + roff(exitCodes()[i]) + u".\n"_s;
    return text;
}

QByteArray manPage()
{
    QString text = u".TH TIDEMARKCTL 1 \"\" \"Tidemark " TIDEMARK_VERSION "\" \"User commands\"\n"
                   ".SH NAME\ntidemarkctl \\- ask PostgreSQL servers and their backups how they are\n"
                   ".SH SYNOPSIS\n.B tidemarkctl\n.I command\n.RI [ option ...]\n.RI [ operand ...]\n"
                   ".SH DESCRIPTION\n"
                   "The same questions the Tidemark console asks, without windows. Nothing is changed on any "
                   "server, but for what the steps of a session do. Each command prints one line that sums "
                   "up, then a table, and ends with an exit "
                   "status that serves as a monitoring check.\n"
                   ".PP\n.B \\-\\-help\nand\n.B \\-\\-version\nwork everywhere. Options may stand before the "
                   "command. Put\n.B \\-\\-\nbefore an operand "
                   "that begins with a dash.\n.SH COMMANDS\n"_s;
    for (const Command &command : commands())
        text += manCommand(command);
    text += manExitCodes();
    text += u".SH FILES\n.TP\n.I $XDG_CONFIG_HOME/tidemark/fleet.yaml\nThe fleet file when none is named.\n"
            ".SH SEE ALSO\n.BR psql (1),\n.BR proxmox\\-backup\\-client (1)\n"_s;
    return text.toUtf8();
}

} // namespace tidemark::ctl
