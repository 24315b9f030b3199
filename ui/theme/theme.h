#pragma once

#include "theme/fonts.h"
#include "theme/icons.h"
#include "theme/tokens.h"

#include <QObject>
#include <QPalette>

#include <array>

class QApplication;

namespace tidemark {

// What everything looks like: colours by token, fonts by role, icons, lengths. One lives beside the
// application and dresses it (style, palette, font); widgets find it with of() and repaint on changed().
class Theme : public QObject
{
    Q_OBJECT

public:
    enum class Choice { System, Light, Dark };

    explicit Theme(QApplication &app);
    ~Theme() override;

    // The theme the widget is dressed in; null: that of the application.
    [[nodiscard]] static Theme &of(const QWidget *widget = nullptr);

    void choose(Choice choice);
    [[nodiscard]] Choice choice() const { return m_choice; }
    [[nodiscard]] bool isDark() const { return m_dark; }
    // The desktop asks for high contrast: colours are its own, fills become outlines with a hatch.
    [[nodiscard]] bool isHighContrast() const { return m_highContrast; }

    [[nodiscard]] QColor color(Token token) const { return m_colors[std::size_t(token)]; }
    [[nodiscard]] QFont font(FontRole role) const { return m_fonts.of(role); }
    // A length of the design at the desktop's text size.
    [[nodiscard]] int px(int length) const { return qRound(length * m_fonts.scale()); }

    // 16 px unless told; drawn again for each screen.
    [[nodiscard]] QIcon icon(const QString &name, Token token = Token::T2) const;
    [[nodiscard]] QPixmap iconPixmap(const QString &name, const QColor &color, int size, qreal ratio) const;

    [[nodiscard]] static QString choiceName(Choice choice); // "system", "light", "dark", for preferences
    [[nodiscard]] static Choice choiceOf(const QString &name);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void changed();

private:
    void lookAtSystem();
    void takeForeignPalette();
    void apply();
    void fillColors();
    void fillHighContrast();
    [[nodiscard]] QPalette palette() const;

    QApplication &m_app;
    QPalette m_system;
    Fonts m_fonts;
    IconLoader m_icons;
    std::array<QColor, std::size_t(Token::Count)> m_colors;
    Choice m_choice = Choice::System;
    bool m_dark = false;
    bool m_highContrast = false;
    bool m_applying = false;
};

} // namespace tidemark
