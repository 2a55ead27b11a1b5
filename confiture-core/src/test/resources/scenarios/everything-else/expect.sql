TABLE sales.orders;
TABLE users;
TABLE brand_new;
