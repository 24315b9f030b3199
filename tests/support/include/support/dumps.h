#pragma once

#include "dumps/inspector.h"
#include "support/gzip.h"

#include <QDir>

namespace tidemark::test {

// Dumps of one small database named "shop_ü" by pg_dump 13, 15, 17 and 18.
[[nodiscard]] inline QByteArray recordedDump(const QString &name)
{
    return unpackedFile(QStringLiteral(TIDEMARK_TEST_DATA "/dumps/") + name);
}

[[nodiscard]] inline QByteArray printed(const DumpFacts &facts)
{
    static const QByteArrayList verdicts { "no dump", "empty", "cut", "damaged", "unread", "whole" };
    QByteArrayList words { verdicts[int(facts.verdict)] + (facts.words.isEmpty() ? "" : ": ")
        + facts.words.toUtf8() };
    const auto add = [&words](const char *name, const QString &value) {
        if (!value.isEmpty())
            words.append(QByteArray(name) + ' ' + value.toUtf8());
    };
    add("format", facts.format);
    add("packed", facts.compression);
    if (facts.globals)
        words.append("globals");
    if (facts.cluster)
        words.append("cluster");
    if (facts.encrypted)
        words.append("encrypted");
    if (facts.database)
        words.append("database " + *facts.database);
    add("created", facts.created);
    add("server", facts.server.section(QChar(u' '), 0, 0));
    add("tool", facts.tool.section(QChar(u' '), 0, 0));
    if (facts.objects)
        words.append(QByteArray::number(*facts.objects) + " objects");
    return words.join(" | ");
}

// As a file whose size is known, jumping over what need not be seen; `seen` counts the bytes that were.
[[nodiscard]] inline DumpFacts inspectedFile(
    const QByteArray &bytes, qsizetype portion = 4096, qint64 *seen = nullptr)
{
    DumpInspector inspector(bytes.size());
    qint64 read = 0;
    for (qint64 at = 0; at < bytes.size();) {
        const QByteArray part = bytes.mid(at, portion);
        at += part.size();
        read += part.size();
        if (!inspector.take(part))
            break;
        const qint64 jump = std::min<qint64>(inspector.skippable(), bytes.size() - at);
        inspector.skip(jump);
        at += jump;
    }
    if (seen != nullptr)
        *seen = read;
    return inspector.finish();
}

// As it comes out of a packed file.
[[nodiscard]] inline DumpFacts inspectedStream(const QByteArray &bytes, qsizetype portion = 4096)
{
    DumpInspector inspector(std::nullopt, Packing::Gzip);
    for (qsizetype at = 0; at < bytes.size(); at += portion)
        if (!inspector.take(bytes.mid(at, portion)))
            break;
    return inspector.finish();
}

} // namespace tidemark::test
