#include "dumps/plain.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr QByteArrayView DumpTitle = "-- PostgreSQL database dump";
constexpr QByteArrayView ClusterTitle = "-- PostgreSQL database cluster dump";
constexpr QByteArrayView DumpEnd = "-- PostgreSQL database dump complete";
constexpr QByteArrayView ClusterEnd = "-- PostgreSQL database cluster dump complete";

QByteArrayView nextLine(QByteArrayView &text)
{
    const qsizetype end = text.indexOf('\n');
    QByteArrayView line = end < 0 ? text : text.first(end);
    text = end < 0 ? QByteArrayView() : text.sliced(end + 1);
    return line.endsWith('\r') ? line.chopped(1) : line;
}

std::optional<QString> after(QByteArrayView line, QByteArrayView words)
{
    if (!line.startsWith(words))
        return {};
    return QString::fromUtf8(line.sliced(words.size()));
}

// A psql argument in double quotes, with the quotes doubled inside.
QByteArray unquoted(QByteArrayView word, char quote)
{
    QByteArray plain;
    for (qsizetype i = 1; i < word.size(); ++i) {
        if (word[i] == quote && (i + 1 == word.size() || word[i + 1] != quote))
            break;
        i += word[i] == quote ? 1 : 0;
        plain += word[i];
    }
    return plain;
}

// The value of dbname in a connection string: in single quotes, with backslashes before quotes and
// backslashes.
std::optional<QByteArray> namedDatabase(const QByteArray &connection)
{
    constexpr QByteArrayView key = "dbname=";
    const qsizetype at = connection.indexOf(key);
    if (at < 0)
        return {};
    QByteArrayView value = QByteArrayView(connection).sliced(at + key.size());
    if (!value.startsWith('\''))
        return value.first(value.contains(' ') ? value.indexOf(' ') : value.size()).toByteArray();
    QByteArray plain;
    for (qsizetype i = 1; i < value.size() && value[i] != '\''; ++i) {
        if (value[i] == '\\' && i + 1 < value.size())
            ++i;
        plain += value[i];
    }
    return plain;
}

std::optional<QByteArray> connected(QByteArrayView line)
{
    constexpr QByteArrayView command = "\\connect ";
    if (!line.startsWith(command))
        return {};
    QByteArrayView rest = line.sliced(command.size());
    constexpr QByteArrayView reuse = "-reuse-previous=on ";
    if (rest.startsWith(reuse))
        return namedDatabase(unquoted(rest.sliced(reuse.size()), '"'));
    if (rest.startsWith('"'))
        return unquoted(rest, '"');
    return rest.trimmed().toByteArray();
}

bool begins(QByteArrayView text, QByteArrayView title)
{
    if (!text.startsWith(title))
        return false;
    const QByteArrayView rest = text.sliced(title.size());
    return rest.isEmpty() || rest.startsWith('\n') || rest.startsWith("\r\n");
}

bool endsWithTitle(QByteArrayView text, QByteArrayView title)
{
    const qsizetype at = text.lastIndexOf(title);
    return at >= 0 && begins(text.sliced(at), title) && (at == 0 || text[at - 1] == '\n');
}

} // namespace

std::optional<PlainHead> plainHead(QByteArrayView text)
{
    constexpr QByteArrayView mark = "\xef\xbb\xbf";
    if (text.startsWith(mark))
        text = text.sliced(mark.size());
    if (nextLine(text) != "--")
        return {};
    PlainHead head;
    head.cluster = begins(text, ClusterTitle);
    if (!head.cluster && !begins(text, DumpTitle))
        return {};
    while (!text.isEmpty()) {
        const QByteArrayView line = nextLine(text);
        if (const auto server = after(line, "-- Dumped from database version ");
            server && head.server.isEmpty())
            head.server = *server;
        else if (const auto tool = after(line, "-- Dumped by pg_dump version "); tool && head.tool.isEmpty())
            head.tool = *tool;
        else if (const auto started = after(line, "-- Started on "); started && head.started.isEmpty())
            head.started = *started;
        else if (const auto database = connected(line); database && !head.cluster && !head.database)
            head.database = database;
        else if (line.startsWith("COPY ") || line.startsWith("INSERT "))
            break; // rows may look like anything
    }
    return head;
}

PlainEnd plainEnd(QByteArrayView text)
{
    if (endsWithTitle(text, ClusterEnd))
        return endsWithTitle(text, DumpEnd) ? PlainEnd::Cluster : PlainEnd::Globals;
    return endsWithTitle(text, DumpEnd) ? PlainEnd::Dump : PlainEnd::Cut;
}

} // namespace tidemark
