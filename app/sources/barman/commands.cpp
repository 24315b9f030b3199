#include "barman/commands.h"

namespace tidemark::barman {

using namespace Qt::StringLiterals;

HostCommand Way::command(const QStringList &words) const
{
    QStringList all { u"barman"_s };
    if (!config.isEmpty())
        all << u"-c"_s << config;
    return { .words = all + QStringList { u"-f"_s, u"json"_s } + words };
}

HostCommand Way::listBackups(const QString &server) const
{
    return command({ u"list-backup"_s, server.isEmpty() ? u"all"_s : server });
}

HostCommand Way::showBackup(const QString &server, const QString &id) const
{
    return command({ u"show-backup"_s, server, id });
}

HostCommand Way::showServer(const QString &server) const
{
    return command({ u"show-server"_s, server });
}

HostCommand Way::check(const QString &server) const
{
    return command({ u"check"_s, server });
}

Result<QByteArray> answerOf(const Result<HostOutput> &output)
{
    if (!output)
        return tl::unexpected(output.error());
    if (output->exit == 0 || output->out.trimmed().startsWith('{'))
        return output->out;
    const QString words = QString::fromUtf8(output->err.trimmed().isEmpty() ? output->out : output->err);
    const bool denied = words.contains(u"ermission denied"_s);
    return failure(denied ? ErrorKind::Denied : ErrorKind::Protocol, u"barman.failed"_s,
        words.trimmed().isEmpty() ? u"exit status %1"_s.arg(output->exit) : words.trimmed());
}

} // namespace tidemark::barman
