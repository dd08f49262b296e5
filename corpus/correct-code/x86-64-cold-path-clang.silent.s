// arch: x86-64
// expect: silent
// flags: clang-19 -O2
// why: the unlikely path stands in a fragment of its own, or at the end
// c: void bad(const char *) __attribute__((cold));
// c: int g(int);
// c: int f(int a, int b) { int x = g(a); if (x < 0) { bad("x"); x = g(b); } return x + b; }

	.text
	.globl	f
	.p2align	4, 0x90
	.type	f,@function
f:
	.cfi_startproc
	pushq	%rbx
	.cfi_def_cfa_offset 16
	.cfi_offset %rbx, -16
	movl	%esi, %ebx
	callq	g
	testl	%eax, %eax
	js	.LBB0_1
.LBB0_2:
	addl	%ebx, %eax
	popq	%rbx
	.cfi_def_cfa_offset 8
	retq
.LBB0_1:
	.cfi_def_cfa_offset 16
	movl	$.L.str, %edi
	callq	bad
	movl	%ebx, %edi
	callq	g
	jmp	.LBB0_2
	.size	f, .-f
	.cfi_endproc
	.type	.L.str,@object
	.section	.rodata.str1.1,"aMS",@progbits,1
.L.str:
	.asciz	"x"
	.size	.L.str, 2
