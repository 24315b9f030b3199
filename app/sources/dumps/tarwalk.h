#pragma once

#include <QByteArray>
#include <QHash>
#include <QString>

#include <optional>

namespace tidemark {

// Follows a tar file from member to member and keeps its toc.dat.
class TarWalk
{
public:
    static constexpr qsizetype Block = 512;

    // Whether a file's first bytes are those of a tar file.
    [[nodiscard]] static bool isTar(QByteArrayView head);

    void take(QByteArrayView bytes);
    [[nodiscard]] qint64 skippable() const { return m_keeping ? 0 : m_skip; }
    void skip(qint64 count) { m_skip -= count; }
    [[nodiscard]] bool damaged() const { return !m_damage.isEmpty(); }
    // After the last byte: what is wrong, empty: the end mark was there.
    [[nodiscard]] QString ending() const;

    [[nodiscard]] const QByteArray &first() const { return m_first; } // name of the first member
    [[nodiscard]] const QHash<QByteArray, qint64> &members() const { return m_members; } // sizes by name
    [[nodiscard]] const std::optional<QByteArray> &toc() const
    {
        return m_toc;
    } // whole once the next one began

private:
    void header();
    void member(const QByteArray &name, qint64 size);

    QHash<QByteArray, qint64> m_members;
    std::optional<QByteArray> m_toc;
    QByteArray m_piece;
    QByteArray m_first;
    QByteArray m_name;
    qint64 m_skip = 0; // of the member, with its padding
    bool m_keeping = false; // the member is toc.dat
    int m_ends = 0; // blocks of zeros
    QString m_damage;
};

} // namespace tidemark
