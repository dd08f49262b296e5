// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: the default of the switch is __builtin_unreachable()
// c: int g(int);
// c: int f(int a) { int r; switch (a) { case 0: r = g(5); break; case 1: r = g(1) - 1; break; case 2: r = g(a) + 1;
// c: break; case 3: r = g(a) * 9; break; case 4: r = a * g(3); break; default: __builtin_unreachable(); } return r
// c: + a; }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%edi, %ebx
	movl	%edi, %eax
	jmpq	*.LJTI0_0(,%rax,8)
.LBB0_1:
	movl	$5, %edi
	callq	g
	jmp	.LBB0_6
.LBB0_5:
	movl	$3, %edi
	callq	g
	shll	$2, %eax
	jmp	.LBB0_6
.LBB0_3:
	movl	$2, %edi
	callq	g
	incl	%eax
	jmp	.LBB0_6
.LBB0_4:
	movl	$3, %edi
	callq	g
	leal	(%rax,%rax,8), %eax
	jmp	.LBB0_6
.LBB0_2:
	movl	$1, %edi
	callq	g
	decl	%eax
.LBB0_6:
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
	.size	f, .-f
	.cfi_endproc
	.section	.rodata,"a",@progbits
	.p2align	3, 0x0
.LJTI0_0:
	.quad	.LBB0_1
	.quad	.LBB0_2
	.quad	.LBB0_3
	.quad	.LBB0_4
	.quad	.LBB0_5
