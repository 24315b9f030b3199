#pragma once

#include "shell/page.h"

class QStackedWidget;

namespace tidemark {

class ConnectPane;
class LabPane;
class OpenFilePane;
class WayCard;

// Shown while no fleet is open. Three ways in: connect servers, open a fleet file, open the practice lab.
class FirstRunPage : public Page
{
    Q_OBJECT

public:
    explicit FirstRunPage(PageContext context, QWidget *parent = nullptr);

    [[nodiscard]] QString subtitle() const override;
    [[nodiscard]] std::vector<QWidget *> panes() override;
    [[nodiscard]] std::vector<PaletteEntry> paletteEntries() override;

protected:
    void showEvent(QShowEvent *event) override;

private:
    [[nodiscard]] QWidget *ways();
    [[nodiscard]] QWidget *whatIsRead();
    void choose(int way);
    void showRoles();

    ConnectPane *m_connect;
    OpenFilePane *m_open;
    LabPane *m_lab;
    QStackedWidget *m_stack;
    std::vector<WayCard *> m_cards;
    QWidget *m_side;
};

} // namespace tidemark
