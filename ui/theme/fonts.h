#pragma once

#include <QFont>

namespace tidemark {

enum class FontRole {
    Interface, // 13
    Strong, // 13 semibold: section titles, names
    Secondary, // 12
    SecondaryStrong,
    Small, // 11
    SmallStrong,
    PageTitle, // 16 semibold
    Verdict, // 19 semibold
    Clock, // 28 semibold
    Mono, // 12: LSN, WAL names, commands, machine timestamps
    MonoStrong,
    MonoSmall // 11: logs
};

// The faces of the program, chosen once from what is installed, and the sizes that follow the desktop's.
class Fonts
{
public:
    // `desktop` is the font the desktop asks for; its size up to 200 % of 13 px is followed.
    explicit Fonts(const QFont &desktop);

    [[nodiscard]] QFont of(FontRole role) const;
    [[nodiscard]] double scale() const { return m_scale; }

    // True when every figure of the face has the same advance, so that columns of numbers line up.
    [[nodiscard]] static bool hasTabularFigures(const QString &family);

private:
    QString m_sans;
    QString m_mono;
    double m_scale = 1;
};

} // namespace tidemark
