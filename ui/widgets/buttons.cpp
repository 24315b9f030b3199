#include "widgets/buttons.h"

namespace tidemark {

QPushButton *makeButton(const QString &text, ButtonKind kind, const QString &icon, QWidget *parent)
{
    auto *button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    if (kind != ButtonKind::Normal)
        setButtonKind(button, kind);
    if (!icon.isEmpty())
        button->setIcon(Theme::of(button).icon(icon,
            kind == ButtonKind::Primary           ? Token::OnAcc
                : kind == ButtonKind::Destructive ? Token::OnDanger
                                                  : Token::T1));
    return button;
}

QPushButton *makeSmallButton(const QString &text, QWidget *parent)
{
    auto *button = makeButton(text, ButtonKind::Normal, {}, parent);
    setSmall(button);
    return button;
}

} // namespace tidemark
