#pragma once

#include <QFile>
#include <QMap>
#include <QTextStream>

namespace tidemark::test {

// Printed values a test expects, in one file: "#### name" and the text up to the next one. With
// TIDEMARK_WRITE_EXPECTED set, what was seen is written there instead, to be read by a person.
class Expectations
{
public:
    explicit Expectations(QString path)
        : m_path(std::move(path))
    {
        QFile file(m_path);
        if (!file.open(QIODevice::ReadOnly))
            return;
        QString name;
        while (!file.atEnd()) {
            const QString line = QString::fromUtf8(file.readLine());
            if (line.startsWith(QStringLiteral("#### ")))
                name = line.mid(5).trimmed();
            else
                m_texts[name] += line;
        }
    }
    ~Expectations()
    {
        QFile file(m_path);
        if (!writing() || !file.open(QIODevice::WriteOnly))
            return;
        for (auto text = m_seen.cbegin(); text != m_seen.cend(); ++text)
            file.write("#### " + text.key().toUtf8() + '\n' + text->toUtf8());
    }
    Expectations(const Expectations &) = delete;
    Expectations &operator=(const Expectations &) = delete;

    // What was expected of that name; what was seen when expectations are being written.
    [[nodiscard]] QString of(const QString &name, const QString &seen)
    {
        m_seen[name] = seen;
        return writing() ? seen : m_texts.value(name);
    }

private:
    [[nodiscard]] static bool writing() { return qEnvironmentVariableIsSet("TIDEMARK_WRITE_EXPECTED"); }

    QString m_path;
    QMap<QString, QString> m_texts;
    QMap<QString, QString> m_seen;
};

} // namespace tidemark::test
