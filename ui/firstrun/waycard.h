#pragma once

#include <QAbstractButton>

namespace tidemark {

// One way in, at the left of the first run: icon, title and what it is. Arrow keys move between them.
class WayCard : public QAbstractButton
{
    Q_OBJECT

public:
    WayCard(const QString &icon, const QString &title, const QString &about, QWidget *parent = nullptr);
    // A button below the words; it becomes the card's child.
    void setButton(QWidget *button);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QRect aboutRect(int width) const;

    QString m_icon;
    QString m_about;
    QWidget *m_button = nullptr;
};

} // namespace tidemark
