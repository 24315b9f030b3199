#pragma once

#include "pbs/client.h"
#include "pbs/fault.h"
#include "pbs/fields.h"

#include <QCryptographicHash>
#include <QString>
#include <QStringList>

namespace tidemark::test {

// Prints the client's values for comparing them whole. A long list shows its ends and a hash over all of it.
class Printer
{
public:
    [[nodiscard]] static QString text(const QString &value)
    {
        QString out = value;
        out.replace(QLatin1Char('\\'), QStringLiteral("\\\\"))
            .replace(QLatin1Char('\n'), QStringLiteral("\\n"));
        out.replace(QLatin1Char('"'), QStringLiteral("\\\""));
        constexpr qsizetype limit = 400;
        if (out.size() > limit)
            out = QStringLiteral("%1… (%2 characters, %3)")
                      .arg(out.left(60))
                      .arg(value.size())
                      .arg(hash(value));
        return QLatin1Char('"') + out + QLatin1Char('"');
    }
    [[nodiscard]] static QString hash(const QString &all)
    {
        const auto digest = QCryptographicHash::hash(all.toUtf8(), QCryptographicHash::Sha256);
        return QStringLiteral("sha256:") + QString::fromLatin1(digest.toHex().left(16));
    }

    [[nodiscard]] static QString of(const QString &value) { return text(value); }
    [[nodiscard]] static QString of(qint64 value) { return QString::number(value); }
    [[nodiscard]] static QString of(double value) { return QString::number(value, 'g', 15); }
    [[nodiscard]] static QString of(bool value)
    {
        return value ? QStringLiteral("yes") : QStringLiteral("no");
    }
    [[nodiscard]] static QString of(const Instant &value) { return value.toIso(); }
    [[nodiscard]] static QString of(const Bytes &value)
    {
        return QString::number(value.count) + QLatin1Char('B');
    }
    [[nodiscard]] static QString of(const QStringList &value)
    {
        return of(std::vector<QString>(value.begin(), value.end()));
    }
    template <class T>
    [[nodiscard]] static QString of(const std::optional<T> &value)
    {
        return value ? of(*value) : QStringLiteral("-");
    }
    template <class T>
    [[nodiscard]] static QString of(const std::vector<T> &values)
    {
        QStringList parts;
        for (const auto &value : values)
            parts << of(value);
        return list(parts);
    }
    [[nodiscard]] static QString of(const pbs::Permissions &value)
    {
        QStringList lines;
        for (const auto &[path, rights] : value.paths) {
            QStringList words;
            for (const auto &[name, below] : rights)
                words << name + (below ? QString() : QStringLiteral("(here)"));
            lines << path + QStringLiteral(": ") + words.join(QLatin1Char(' '));
        }
        return QStringLiteral("{\n  ") + lines.join(QStringLiteral("\n  ")) + QStringLiteral("\n}");
    }
    template <class T>
    [[nodiscard]] static QString of(const pbs::Config<T> &value)
    {
        return of(value.value) + QStringLiteral(" digest ") + value.digest;
    }
    [[nodiscard]] static QString of(const pbs::TaskPage &page)
    {
        return of(page.tasks) + (page.more ? QStringLiteral(" and more") : QString());
    }
    [[nodiscard]] static QString of(const pbs::LogPage &page)
    {
        return of(page.lines) + QStringLiteral(" total=") + of(page.total) + QStringLiteral(" active=")
            + of(page.active);
    }
    template <class T>
    requires std::is_class_v<T>
    [[nodiscard]] static QString of(const T &value)
    {
        Printer printer;
        fields(printer, value);
        return QLatin1Char('{') + printer.m_parts.join(QLatin1Char(' ')) + QLatin1Char('}');
    }
    [[nodiscard]] static QString of(const Error &error)
    {
        static const char *const kinds[] = { "Cancelled", "Unreachable", "Denied", "NotFound", "Conflict",
            "Timeout", "Protocol", "Invalid", "Internal" };
        QString out = QStringLiteral("error %1 %2 ")
                          .arg(QLatin1String(kinds[static_cast<int>(error.kind)]), error.code)
            + text(error.detail);
        for (const auto &[name, why] : pbs::parameterErrors(error))
            out += QStringLiteral("\n  parameter %1: %2").arg(name, why);
        if (const auto right = pbs::neededRight(error))
            out += QStringLiteral("\n  needs %1 on %2")
                       .arg(right->privileges.join(QLatin1Char('|')), right->path);
        return out;
    }
    template <class T>
    [[nodiscard]] static QString of(const Result<T> &result)
    {
        if (!result)
            return of(result.error());
        if constexpr (std::is_void_v<T>)
            return QStringLiteral("done");
        else
            return of(*result);
    }

    // The visitor of pbs/fields.h.
    template <class T>
    void operator()(const char *name, const T &value)
    {
        m_parts << QLatin1String(name) + QLatin1Char('=') + of(value);
    }
    template <class T>
    void operator()(const char *name, const std::optional<T> &value)
    {
        if (value)
            operator()(name, *value);
    }
    template <class T>
    void may(const char *name, const T &value)
    {
        operator()(name, value);
    }
    void reckoned(const char *name, const std::optional<Instant> &value) { operator()(name, value); }
    template <class T>
    void flat(const T &value)
    {
        fields(*this, value);
    }

private:
    [[nodiscard]] static QString list(const QStringList &parts)
    {
        constexpr qsizetype whole = 8;
        const QString between = QStringLiteral("\n  ");
        const bool lines = !parts.isEmpty() && parts.first().startsWith(QLatin1Char('{')) && parts.size() > 1;
        if (parts.size() <= whole)
            return lines ? QLatin1Char('[') + between + parts.join(between) + QStringLiteral("\n]")
                         : QLatin1Char('[') + parts.join(QLatin1Char(' ')) + QLatin1Char(']');
        const QString some = lines ? between : QStringLiteral(" ");
        return QStringLiteral("[%1%2%1%3%1… %4 items, %5 …%1%6]")
            .arg(some, parts.at(0), parts.at(1))
            .arg(parts.size())
            .arg(hash(parts.join(QLatin1Char('\n'))), parts.last());
    }

    QStringList m_parts;
};

} // namespace tidemark::test
