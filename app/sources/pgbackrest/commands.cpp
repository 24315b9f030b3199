#include "pgbackrest/commands.h"

namespace tidemark::pgbackrest {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 LongestListing = 1ll << 30; // several million segments
constexpr auto ListingLimit = std::chrono::minutes(10);

// "ERROR: [055]: unable to open …"
ErrorKind kindOf(const QString &words)
{
    if (words.contains(u"ermission denied"_s))
        return ErrorKind::Denied;
    return words.contains(u"[055]"_s) ? ErrorKind::NotFound : ErrorKind::Protocol;
}

} // namespace

HostCommand Way::command(QStringList options, const QStringList &words) const
{
    options.prepend(u"--log-level-file=off"_s);
    options.prepend(u"--log-level-stderr=error"_s);
    options.prepend(u"--log-level-console=off"_s);
    if (!config.isEmpty())
        options.prepend(u"--config="_s + config);
    options.prepend(u"pgbackrest"_s);
    return { .words = options + words };
}

HostCommand Way::inRepository(
    const QString &stanza, qint64 repository, QStringList options, const QStringList &words) const
{
    options.prepend(u"--repo=%1"_s.arg(repository));
    options.prepend(u"--stanza="_s + stanza);
    return command(options, words);
}

HostCommand Way::info(const QString &stanza) const
{
    QStringList options { u"--output=json"_s };
    if (!stanza.isEmpty())
        options.prepend(u"--stanza="_s + stanza);
    return command(options, { u"info"_s });
}

HostCommand Way::backup(const QString &stanza, qint64 repository, const QString &label) const
{
    return inRepository(stanza, repository, { u"--set="_s + label, u"--output=json"_s }, { u"info"_s });
}

HostCommand Way::listArchive(const QString &stanza, qint64 repository) const
{
    auto listing = inRepository(stanza, repository, { u"--recurse"_s, u"--sort=none"_s, u"--output=json"_s },
        { u"repo-ls"_s, u"archive/"_s + stanza });
    listing.mostOutput = LongestListing;
    listing.limit = ListingLimit;
    return listing;
}

HostCommand Way::listBackups(const QString &stanza, qint64 repository) const
{
    return inRepository(stanza, repository, { u"--output=json"_s }, { u"repo-ls"_s, u"backup/"_s + stanza });
}

HostCommand Way::archived(const QString &stanza, qint64 repository, const QString &path) const
{
    return inRepository(stanza, repository, {}, { u"repo-get"_s, u"archive/%1/%2"_s.arg(stanza, path) });
}

Result<QByteArray> answerOf(const Result<HostOutput> &output)
{
    if (!output)
        return tl::unexpected(output.error());
    if (output->exit == 0)
        return output->out;
    QString words = QString::fromUtf8(output->err).trimmed();
    if (words.isEmpty())
        words = QString::fromUtf8(output->out.right(2000)).trimmed();
    return failure(kindOf(words), u"pgbackrest.failed"_s,
        words.isEmpty() ? u"exit status %1"_s.arg(output->exit) : words);
}

} // namespace tidemark::pgbackrest
