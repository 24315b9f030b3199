#include "theme/fonts.h"

#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr double BaseSize = 13;

// Names fontconfig answers when a desktop has not named a face.
bool isGeneric(const QString &family)
{
    static const QStringList generic { u"sans serif"_s, u"sans"_s, u"sans-serif"_s, u"system-ui"_s, u""_s };
    return generic.contains(family.toLower());
}

QString sansFace(const QString &desktop)
{
    QStringList wishes { u"Inter"_s, u"Noto Sans"_s, u"DejaVu Sans"_s };
    if (!isGeneric(desktop))
        wishes.prepend(desktop);
    const auto usable = [](const QString &family) {
        return QFontDatabase::hasFamily(family) && Fonts::hasTabularFigures(family);
    };
    const auto found = std::ranges::find_if(wishes, usable);
    return found == wishes.end() ? QFontInfo(QFont(desktop)).family() : *found;
}

QString monoFace()
{
    const QString wished = u"JetBrains Mono"_s;
    return QFontDatabase::hasFamily(wished) ? wished
                                            : QFontDatabase::systemFont(QFontDatabase::FixedFont).family();
}

double pixelSize(FontRole role)
{
    switch (role) {
    case FontRole::Interface:
    case FontRole::Strong:
        return BaseSize;
    case FontRole::Secondary:
    case FontRole::SecondaryStrong:
    case FontRole::Mono:
    case FontRole::MonoStrong:
        return 12;
    case FontRole::Small:
    case FontRole::SmallStrong:
    case FontRole::MonoSmall:
        return 11;
    case FontRole::PageTitle:
        return 16;
    case FontRole::Verdict:
        return 19;
    case FontRole::Clock:
        return 28;
    }
    return BaseSize;
}

bool isStrong(FontRole role)
{
    switch (role) {
    case FontRole::Strong:
    case FontRole::SecondaryStrong:
    case FontRole::SmallStrong:
    case FontRole::PageTitle:
    case FontRole::Verdict:
    case FontRole::Clock:
    case FontRole::MonoStrong:
        return true;
    case FontRole::Interface:
    case FontRole::Secondary:
    case FontRole::Small:
    case FontRole::Mono:
    case FontRole::MonoSmall:
        return false;
    }
    return false;
}

bool isMono(FontRole role)
{
    return role == FontRole::Mono || role == FontRole::MonoStrong || role == FontRole::MonoSmall;
}

} // namespace

Fonts::Fonts(const QFont &desktop)
    : m_sans(sansFace(desktop.family()))
    , m_mono(monoFace())
    , m_scale(std::clamp(QFontInfo(desktop).pixelSize() / BaseSize, 1.0, 2.0))
{
}

QFont Fonts::of(FontRole role) const
{
    QFont font(isMono(role) ? m_mono : m_sans);
    font.setPixelSize(int(std::lround(pixelSize(role) * m_scale)));
    font.setWeight(isStrong(role) ? QFont::DemiBold : QFont::Normal);
    font.setStyleHint(isMono(role) ? QFont::Monospace : QFont::SansSerif);
    return font;
}

bool Fonts::hasTabularFigures(const QString &family)
{
    QFont font(family);
    font.setPixelSize(64);
    const QFontMetricsF metrics(font);
    const double zero = metrics.horizontalAdvance(u'0');
    return std::ranges::all_of(u"123456789"_s,
        [&](QChar figure) { return std::abs(metrics.horizontalAdvance(figure) - zero) < 0.01; });
}

} // namespace tidemark
